"""What dialects of one family share: tables and shapes that are written once."""
