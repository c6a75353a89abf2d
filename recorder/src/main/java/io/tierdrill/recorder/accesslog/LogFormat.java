package io.tierdrill.recorder.accesslog;

import java.util.Locale;

/** The forms of access log that can be imported. */
public enum LogFormat {
    /** Look at the first lines of each file and choose. */
    AUTO,
    /** {@code host ident user [time] "request" status bytes}; further fields are ignored. */
    COMMON,
    /** Common and {@code "referer" "user agent"}; further fields are ignored. */
    COMBINED;

    /** As written on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
