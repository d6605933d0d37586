"""The interface that draws the whole screen. The only room that imports Textual."""
