package io.tierdrill.model.tier;

/** How a number was come by; every number carries it. */
public enum Mode {
    EMBEDDED("embedded"),
    KERNEL_USERNS("kernel-userns"),
    KERNEL_ROOT("kernel-root"),
    ENGINE("engine"),
    EXTERNAL("external");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    /** As written in files and reports. */
    public String word() {
        return word;
    }
}
