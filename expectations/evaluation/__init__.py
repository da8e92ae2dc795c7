"""How good extraction is: its output scored against labelled cases."""
