package io.tierdrill.recorder.redact;

/** What is masked, and under which key. */
public record RedactionConfig() {

    /** What everybody wants masked, under a key made for this recording and forgotten with it. */
    public static RedactionConfig defaults() {
        return new RedactionConfig();
    }
}
