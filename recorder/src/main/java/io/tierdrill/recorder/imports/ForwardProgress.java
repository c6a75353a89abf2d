package io.tierdrill.recorder.imports;

import java.util.function.Consumer;

/** Passes on what is told of reading but for what was told before, when an input is read a second time. One thread. */
final class ForwardProgress implements Consumer<ImportProgress> {
    private final Consumer<ImportProgress> to;
    private long read;

    ForwardProgress(Consumer<ImportProgress> to) {
        this.to = to;
    }

    @Override
    public void accept(ImportProgress progress) {
        if (progress.stage() == ImportProgress.Stage.READING) {
            if (progress.units() <= read) return;
            read = progress.units();
        }
        to.accept(progress);
    }
}
