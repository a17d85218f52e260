"""What the machine doubts, and what a person says of it: doubt sheets, answers, corrected documents."""
