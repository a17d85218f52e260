"""The page where a person confirms, and REST beside it: routes, views and what guards them.

What a page shows is asked of the archive (`laodoc.archive`), what a person says goes the one way of `laodoc correct`
(`Ledger.correct`), and scans are read by the same workers as in `laodoc batch`.
"""
