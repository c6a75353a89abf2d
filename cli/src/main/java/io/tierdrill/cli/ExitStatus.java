package io.tierdrill.cli;

/** What the process ends with. */
final class ExitStatus {
    static final int GO = 0;
    static final int NO_GO = 1;
    static final int USAGE = 2;
    static final int INVALID = 3;
    static final int INCONCLUSIVE = 4;

    /** A fault of our own (EX_SOFTWARE of sysexits.h), so that no gate mistakes it for a verdict. */
    static final int FAULT = 70;

    private ExitStatus() {}
}
