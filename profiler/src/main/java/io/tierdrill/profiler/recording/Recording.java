package io.tierdrill.profiler.recording;

import io.tierdrill.profiler.stacks.FoldedStacks;
import io.tierdrill.profiler.stacks.JfrStacks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A profile of one process that is being taken. Belongs to one thread at a time. */
interface Recording {

    /** Ends it; its file is whole when this returns. */
    void stop() throws Unprofiled, InterruptedException;

    /** Ends it without wanting it. */
    void abandon();

    /** What was written, to be kept beside the pictures. */
    Path file();

    /** What was seen from an instant to another; where the file does not tell times, all of it. */
    JfrStacks.Folded fold(Instant from, Instant to) throws IOException, Unprofiled, InterruptedException;

    /** Nothing seen is nothing to draw. */
    static JfrStacks.Folded requireSome(JfrStacks.Folded folded) throws Unprofiled {
        if (folded.stacks().equals(FoldedStacks.none()))
            throw new Unprofiled("not one sample: it used hardly any processor time");
        return folded;
    }
}
