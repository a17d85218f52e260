"""Which kind of ink lies where: asked once, before anything else is looked for."""
