// In place of what is compiled already.
