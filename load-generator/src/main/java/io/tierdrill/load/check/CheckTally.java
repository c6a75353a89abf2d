package io.tierdrill.load.check;

import io.tierdrill.model.run.Checks;
import java.util.Arrays;
import java.util.Optional;

/**
 * Counts of one loop's answers. Belongs to that loop's thread until it has ended; then {@link CheckResult} adds them up.
 * Nothing is made but for the first mismatch of a class.
 */
public final class CheckTally {
    static final int KINDS = Kind.values().length;

    private final Expectations expectations;
    private long checked;
    private long unchecked;
    private long mismatches;
    private final long[] byKind = new long[KINDS];
    private long[] checkedBy = new long[64];
    private long[] mismatchesBy = new long[64];
    private Checks.Example[] examples = new Checks.Example[64];

    public CheckTally(Expectations expectations) {
        this.expectations = expectations;
    }

    /**
     * An answer has come whole. Whether it is the first of its class that is wrong: then {@link #example} is welcome.
     *
     * @param code of its request, from {@link Expectations#code}
     * @param length of its request, from {@link Expectations#length}
     */
    public boolean ended(long code, long length, int status, long bytes) {
        int wrong = expectations.wrong(code, length, status, bytes);
        return count(code, wrong, Expectations.expectsSomething(code));
    }

    /**
     * Keeps that answer as the example of its class.
     *
     * @param line how its request began, method and path, where that is still known
     */
    public void example(long code, long length, int status, long bytes, Optional<String> line) {
        int wrong = expectations.wrong(code, length, status, bytes);
        String one = line.map(RequestClasses::shown)
                .orElseGet(() -> "one like " + expectations.classes().line(Expectations.classOf(code)));
        example(code, new Checks.Example(one, expectations.expected(code, length, wrong), found(status, bytes), ""));
    }

    static String found(int status, long bytes) {
        return "status " + status + ", " + bytes + " bytes";
    }

    /** Counts an answer; whether it is the first of its class that is wrong, and an example is welcome. */
    boolean count(long code, int wrong, boolean expected) {
        if (!expected) {
            unchecked++;
            return false;
        }
        int id = Expectations.classOf(code);
        if (id >= checkedBy.length) grow(id);
        checked++;
        checkedBy[id]++;
        if (wrong == 0) return false;
        mismatches++;
        mismatchesBy[id]++;
        for (int kind = 0; kind < KINDS; kind++) if ((wrong & 1 << kind) != 0) byKind[kind]++;
        return examples[id] == null;
    }

    void example(long code, Checks.Example example) {
        examples[Expectations.classOf(code)] = example;
    }

    private void grow(int id) {
        int size = Math.max(id + 1, 2 * checkedBy.length);
        checkedBy = Arrays.copyOf(checkedBy, size);
        mismatchesBy = Arrays.copyOf(mismatchesBy, size);
        examples = Arrays.copyOf(examples, size);
    }

    long checked() {
        return checked;
    }

    long unchecked() {
        return unchecked;
    }

    long mismatches() {
        return mismatches;
    }

    long byKind(Kind kind) {
        return byKind[kind.ordinal()];
    }

    int classes() {
        return checkedBy.length;
    }

    long checkedOf(int id) {
        return id < checkedBy.length ? checkedBy[id] : 0;
    }

    long mismatchesOf(int id) {
        return id < mismatchesBy.length ? mismatchesBy[id] : 0;
    }

    /** Null where the class had no mismatch here. */
    Checks.Example exampleOf(int id) {
        return id < examples.length ? examples[id] : null;
    }
}
