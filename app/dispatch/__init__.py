"""Letters and notices on their way: render, send, delivery status."""
