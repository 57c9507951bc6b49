"""What the door serves besides the pages: sign-in, exports, headers, language, health."""
