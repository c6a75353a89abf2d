package io.tierdrill.recorder.line;

/** How a logger writes bytes that would upset its log. */
public enum Escape {
    /** As C does, {@code \" \\ \n \x1b} (Apache), or all as {@code \xHH} (nginx). */
    LOGGER,
    /** As JSON strings do: {@code \" \\ \n \u001b} (nginx with {@code escape=json}). */
    JSON,
    /** Not at all. */
    NONE
}
