package io.tierdrill.recorder.packets.http2;

import io.tierdrill.recorder.packets.account.Fate;
import io.tierdrill.recorder.packets.account.RejectReason;

/** Why a direction cannot be read any further: frames have no mark to begin again at, and headers refer to earlier ones. */
enum Trouble {
    GAP(Fate.GAP, RejectReason.GAP),
    BAD_FRAMING(Fate.BAD_FRAMING, RejectReason.BAD_FRAMING),
    BAD_HEADERS(Fate.BAD_FRAMING, RejectReason.BAD_HEADERS),
    HEADERS_TOO_LONG(Fate.BAD_FRAMING, RejectReason.HEAD_TOO_LONG);

    private final Fate fate;
    private final RejectReason reason;

    Trouble(Fate fate, RejectReason reason) {
        this.fate = fate;
        this.reason = reason;
    }

    /** Of the packets behind it. */
    Fate fate() {
        return fate;
    }

    /** Of the requests it happened in. */
    RejectReason reason() {
        return reason;
    }
}
