"""Questions as their authors write them: Markdown pieces told apart by meaning, before anything is rendered.

`model.py` is what every format meets: our own Markdown (`read.py`, `write.py`) and the formats of others
(`app.content.interchange`). Rendering and checking for publication is `app.content.compile`.
"""
