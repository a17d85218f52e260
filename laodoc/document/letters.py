"""Letters: fields, contacts, stamps, endorsements."""

from __future__ import annotations

from laodoc.document.base import Field, Form, Model


class Reference(Model):
    """An earlier letter that this one names."""

    issuer: Field | None
    number: Field
    date: Field | None
    subject: Field | None


class Contact(Model):
    """Whom to ask."""

    name: Field | None
    phone: Field | None
    extension: Field | None
    fax: Field | None
    email: Field | None


class Signatory(Model):
    """Who signed, and in which post."""

    name: Field
    position: Field | None


class Received(Model):
    """A received stamp."""

    office: Field
    number: Field | None
    date: Field | None
    time: Field | None


class Endorsement(Model):
    """The note with which a lower office passes the letter on."""

    office: Field
    number: Field | None
    date: Field | None
    to: tuple[Field, ...]
    text: Field
    signatory: Signatory | None


class Letter(Model):
    """One official letter."""

    id: str
    pages: tuple[int, ...]
    form: Form
    number: Field | None
    date: Field | None
    sender: Field | None
    recipients: tuple[Field, ...]
    subject: Field | None
    urgency: Field | None
    secrecy: Field | None
    action: Field | None
    references: tuple[Reference, ...]
    enclosures: tuple[Field, ...]
    deadline: Field | None
    as_of: Field | None
    contacts: tuple[Contact, ...]
    signatory: Signatory | None
    received: tuple[Received, ...]
    endorsements: tuple[Endorsement, ...]
    attachments: tuple[str, ...]
