"""A LINE look-alike in the browser, for practice: it speaks to the desk as LINE would."""
