package io.tierdrill.recorder.line;

/** Bytes {@link #from} (inclusive) to {@link #to} of an array that whoever asks knows. Reused for every line. */
public final class Span {
    public int from;
    public int to;

    public void set(int start, int stop) {
        from = start;
        to = stop;
    }

    public void clear() {
        set(0, 0);
    }

    public boolean isEmpty() {
        return from == to;
    }

    public boolean isDash(byte[] bytes) {
        return to - from == 1 && bytes[from] == '-';
    }

    /** Absent, or {@code -}, or the {@code ""} that Apache writes for a user without a name. */
    public boolean isNothing(byte[] bytes) {
        return from == to || isDash(bytes) || to - from == 2 && bytes[from] == '"' && bytes[from + 1] == '"';
    }
}
