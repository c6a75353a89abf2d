package io.tierdrill.load.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * An io_uring: entries are written into the submission queue, handed over in one call, and their completions read from
 * the completion queue (io_uring(7)). The kernel does the deferred work of this thread's requests only when the thread
 * enters it, so nothing interrupts us (IORING_SETUP_DEFER_TASKRUN, Linux 6.1).
 *
 * <p>Belongs to the thread that made it.
 */
final class Ring implements AutoCloseable {
    static final int ENTRY = 64;
    static final int COMPLETION = 16;

    private static final int CQSIZE = 1 << 3;
    private static final int CLAMP = 1 << 4;
    private static final int SUBMIT_ALL = 1 << 7;
    private static final int COOP_TASKRUN = 1 << 8;
    private static final int TASKRUN_FLAG = 1 << 9;
    private static final int SINGLE_ISSUER = 1 << 12;
    private static final int DEFER_TASKRUN = 1 << 13;
    private static final int SETUP =
            CQSIZE | CLAMP | SUBMIT_ALL | COOP_TASKRUN | TASKRUN_FLAG | SINGLE_ISSUER | DEFER_TASKRUN;
    private static final int FEATURE_MIN_TIMEOUT = 1 << 15;

    private static final int ENTER_GETEVENTS = 1;
    private static final int ENTER_EXT_ARG = 8;
    private static final int ENTER_REGISTERED_RING = 16;
    private static final int SQ_OVERFLOW_OR_TASKRUN = 2 | 4;

    private static final int REGISTER_RING_FDS = 20;
    private static final long CQ_RING = 0x8000000L;
    private static final long ENTRIES = 0x10000000L;
    private static final int WAIT_SIZE = 24;

    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** For the one other counter shared with the kernel, that of provided buffers. */
    static final VarHandle SHORT = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private final Kernel kernel;
    private final int descriptor;
    private final int enterDescriptor;
    private final int enterFlags;
    private final boolean waitsInSteps;
    private final ByteBuffer queue;
    private final ByteBuffer completions;
    private final ByteBuffer entries;
    private final ByteBuffer wait = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
    private final long waitAddress = Foreign.address(wait);

    private final int sqHead;
    private final int sqTail;
    private final int sqFlags;
    private final int sqMask;
    private final int cqHead;
    private final int cqTail;
    private final int cqMask;
    private final int cqEntries;
    private int tail;
    private int submitted;
    private int head;

    /**
     * @param entryCount submissions before a hand-over, a power of two
     * @param completionCount completions that may pile up, a power of two
     * @throws IllegalStateException where the kernel refuses, with the reason
     */
    Ring(Kernel kernel, int entryCount, int completionCount) {
        this.kernel = kernel;
        ByteBuffer p = ByteBuffer.allocateDirect(120).order(ByteOrder.nativeOrder());
        p.putInt(4, completionCount).putInt(8, SETUP);
        descriptor = kernel.ringSetup(entryCount, Foreign.address(p));
        if (descriptor < 0) throw new IllegalStateException(reason(-descriptor));
        waitsInSteps = (p.getInt(20) & FEATURE_MIN_TIMEOUT) != 0;
        int sqCount = p.getInt(0);
        int cqCount = p.getInt(4);
        queue = kernel.map(descriptor, 0, p.getInt(64) + 4L * sqCount);
        completions = kernel.map(descriptor, CQ_RING, p.getInt(100) + (long) COMPLETION * cqCount);
        entries = kernel.map(descriptor, ENTRIES, (long) ENTRY * sqCount);
        sqHead = p.getInt(40);
        sqTail = p.getInt(44);
        sqMask = queue.getInt(p.getInt(48));
        sqFlags = p.getInt(56);
        cqHead = p.getInt(80);
        cqTail = p.getInt(84);
        cqMask = completions.getInt(p.getInt(88));
        cqEntries = p.getInt(100);
        for (int i = 0; i < sqCount; i++) queue.putInt(p.getInt(64) + 4 * i, i);
        int registered = registerItself();
        enterDescriptor = registered < 0 ? descriptor : registered;
        enterFlags = registered < 0 ? 0 : ENTER_REGISTERED_RING;
    }

    private static String reason(int error) {
        return switch (error) {
            case 1 -> "this machine forbids io_uring (kernel.io_uring_disabled)";
            case 22 -> "this kernel's io_uring is too old (6.1 is needed)";
            case 38 -> "this kernel has no io_uring";
            default -> "io_uring gave error " + error;
        };
    }

    /** Why there is none here; empty where there is. */
    static Optional<String> missing() {
        Optional<String> foreign = Foreign.missing();
        if (foreign.isPresent()) return foreign;
        try {
            new Ring(new Kernel(), 8, 16).close();
            return Optional.empty();
        } catch (IllegalStateException refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** Spares the kernel a look-up at each call. */
    private int registerItself() {
        ByteBuffer update = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        update.putInt(0, -1).putLong(8, descriptor);
        int done = register(REGISTER_RING_FDS, Foreign.address(update), 1);
        return done == 1 ? update.getInt(0) : -1;
    }

    /** A result below zero is an error number. */
    int register(int operation, long argument, int count) {
        return kernel.ringRegister(descriptor, operation, argument, count);
    }

    /** Memory of all submission entries. */
    ByteBuffer entries() {
        return entries;
    }

    /** A cleared entry; its place in {@link #entries}. Hands over what is there when the queue is full. */
    int next() {
        while (tail - (int) INT.getAcquire(queue, sqHead) > sqMask) submit();
        int at = (tail++ & sqMask) * ENTRY;
        for (int i = 0; i < ENTRY; i += 8) entries.putLong(at + i, 0);
        return at;
    }

    /** Whether a hand-over has anything to do: entries to give, or deferred work to get. */
    boolean wantsTurn() {
        return tail != submitted || ((int) INT.getOpaque(queue, sqFlags) & SQ_OVERFLOW_OR_TASKRUN) != 0;
    }

    /** Hands over what was written and takes what is done, without waiting. */
    void submit() {
        INT.setRelease(queue, sqTail, tail);
        account(kernel.ringEnter(enterDescriptor, tail - submitted, ENTER_GETEVENTS | enterFlags));
    }

    /**
     * The same, and waits.
     *
     * @param enough completions to wait for, those there already included
     * @param patience for so many; when it is over one is enough. Where the kernel cannot wait in two steps (6.12 can),
     *     one is enough from the start
     * @param most when it is over none is needed
     */
    void await(int enough, long patience, long most) {
        INT.setRelease(queue, sqTail, tail);
        boolean steps = enough > 1 && waitsInSteps && patience < most;
        wait.putLong(0, 0)
                .putInt(8, 0)
                .putInt(12, steps ? (int) (patience / 1_000) : 0)
                .putLong(16, waitAddress + 32);
        wait.putLong(32, most / 1_000_000_000).putLong(40, most % 1_000_000_000);
        account(kernel.ringEnter(
                enterDescriptor,
                tail - submitted,
                steps ? enough : 1,
                ENTER_GETEVENTS | ENTER_EXT_ARG | enterFlags,
                waitAddress,
                WAIT_SIZE));
    }

    /** Errors mean that it must be called again: a signal, a full completion queue, or time over. */
    private void account(int result) {
        submitted = (int) INT.getAcquire(queue, sqHead);
        if (result < 0 && result != -Kernel.ETIME && result != -4 && result != -16 && result != -Kernel.EAGAIN)
            throw new IllegalStateException("io_uring_enter gave error " + -result);
    }

    /** Completions there are, from {@link #first} on. */
    int available() {
        return (int) INT.getAcquire(completions, cqTail) - head;
    }

    long userData(int i) {
        return completions.getLong(place(i));
    }

    int result(int i) {
        return completions.getInt(place(i) + 8);
    }

    int flags(int i) {
        return completions.getInt(place(i) + 12);
    }

    private int place(int i) {
        return cqEntries + ((head + i) & cqMask) * COMPLETION;
    }

    /** So many completions were read. */
    void taken(int count) {
        head += count;
        INT.setRelease(completions, cqHead, head);
    }

    @Override
    public void close() {
        kernel.unmap(queue);
        kernel.unmap(completions);
        kernel.unmap(entries);
        kernel.close(descriptor);
    }
}
