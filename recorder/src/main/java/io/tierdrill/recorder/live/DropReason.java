package io.tierdrill.recorder.live;

/** Why a request that was seen is not in the trace. */
public enum DropReason {
    BUFFER_FULL("buffer-full", "came while the buffer was full, because the disk was too slow for so much traffic"),
    DISK("disk", "came while the disk failed"),
    QUOTA("quota", "came while the recording had used up its disk quota"),
    TOO_LARGE("too-large", "have a head of more than 16 MiB"),
    OLD_FORMAT("old-format", "belong to a trace that was begun before traces had room for messages"),
    ENDED("ended", "began while the recording was ending"),
    FAULT("fault", "could not be written because of a fault of the recorder");

    private final String word;
    private final String meaning;

    DropReason(String word, String meaning) {
        this.word = word;
        this.meaning = meaning;
    }

    /** As in metrics, JSON and the trace's footer. */
    public String word() {
        return word;
    }

    /** Goes on from "n requests ...". */
    public String meaning() {
        return meaning;
    }
}
