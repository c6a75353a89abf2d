package io.tierdrill.load.engine;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Linux system calls. Results below zero are negative error numbers, as the kernel itself gives them. Belongs to one
 * thread, because it keeps errno.
 */
final class Kernel {
    static final int EAGAIN = 11;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EPIPE = 32;
    static final int ETIME = 62;
    static final int EADDRNOTAVAIL = 99;
    static final int ECONNRESET = 104;
    static final int ENOBUFS = 105;
    static final int ETIMEDOUT = 110;
    static final int ECONNREFUSED = 111;
    static final int EINPROGRESS = 115;
    static final int ECANCELED = 125;

    private static final int IO_URING_SETUP = 425;
    private static final int IO_URING_ENTER = 426;
    private static final int IO_URING_REGISTER = 427;
    private static final int EPOLL_PWAIT2 = 441;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED_POPULATE = 0x8001;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final int FIRST = -10;
    private static final int RLIMIT_NOFILE = 7;

    /** Constant, so that calls through them are compiled to direct ones. */
    private static final MethodHandle QUICK = Foreign.syscall(true);

    private static final MethodHandle WAITING = Foreign.syscall(false);

    private final Cpu cpu = Cpu.ofThisMachine().orElseThrow();
    private final ByteBuffer errno = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
    private final Object errnoMemory = Foreign.segment(errno);

    private long quick(long number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) QUICK.invokeExact(errnoMemory, number, a, b, c, d, e, f);
            return result == -1 ? -errno.getInt(0) : result;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long waiting(long number, long a, long b, long c, long d, long e, long f) {
        try {
            long result = (long) WAITING.invokeExact(errnoMemory, number, a, b, c, d, e, f);
            return result == -1 ? -errno.getInt(0) : result;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    int ringSetup(int entries, long parameters) {
        return (int) quick(IO_URING_SETUP, entries, parameters, 0, 0, 0, 0);
    }

    int ringRegister(int ring, int operation, long argument, int count) {
        return (int) quick(IO_URING_REGISTER, ring, operation, argument, count, 0, 0);
    }

    /** Submits and collects without waiting. */
    int ringEnter(int ring, int submit, int flags) {
        return (int) quick(IO_URING_ENTER, ring, submit, 0, flags, 0, 0);
    }

    /** Submits, and waits for so many completions or for the time that the argument tells. */
    int ringEnter(int ring, int submit, int least, int flags, long argument, int size) {
        return (int) waiting(IO_URING_ENTER, ring, submit, least, flags, argument, size);
    }

    /** Pages shared with the file. */
    ByteBuffer map(int file, long offset, long size) {
        return map(MAP_SHARED_POPULATE, file, offset, size);
    }

    /** Pages of our own, aligned; touched by nobody yet, so they cost nothing yet. */
    ByteBuffer pages(long size) {
        return map(MAP_PRIVATE_ANONYMOUS, -1, 0, size);
    }

    private ByteBuffer map(int flags, int file, long offset, long size) {
        long address = quick(cpu.mmap, 0, size, PROT_READ_WRITE, flags, file, offset);
        if (address < 0 && address > -4_096)
            throw new IllegalStateException("no memory: mmap of " + size + " bytes gave error " + -address);
        return Foreign.memory(address, size);
    }

    void unmap(ByteBuffer memory) {
        quick(cpu.munmap, Foreign.address(memory), memory.capacity(), 0, 0, 0, 0);
    }

    void close(int file) {
        quick(cpu.close, file, 0, 0, 0, 0, 0);
    }

    int socket(int domain, int type) {
        return (int) quick(cpu.socket, domain, type, 0, 0, 0, 0);
    }

    int bind(int file, long address, int length) {
        return (int) quick(cpu.bind, file, address, length, 0, 0, 0);
    }

    int connect(int file, long address, int length) {
        return (int) quick(cpu.connect, file, address, length, 0, 0, 0);
    }

    int send(int file, long address, int length, int flags) {
        return (int) quick(cpu.sendto, file, address, length, flags, 0, 0);
    }

    int receive(int file, long address, int length, int flags) {
        return (int) quick(cpu.recvfrom, file, address, length, flags, 0, 0);
    }

    int setOption(int file, int level, int name, long value, int length) {
        return (int) quick(cpu.setsockopt, file, level, name, value, length, 0);
    }

    int option(int file, int level, int name, long value, long length) {
        return (int) quick(cpu.getsockopt, file, level, name, value, length, 0);
    }

    int epollCreate() {
        return (int) quick(cpu.epollCreate, 0, 0, 0, 0, 0, 0);
    }

    int epollControl(int epoll, int operation, int file, long event) {
        return (int) quick(cpu.epollControl, epoll, operation, file, event, 0, 0);
    }

    int epollLook(int epoll, long events, int most, long zeroTime) {
        return (int) quick(EPOLL_PWAIT2, epoll, events, most, zeroTime, 0, 0);
    }

    int epollWait(int epoll, long events, int most, long time) {
        return (int) waiting(EPOLL_PWAIT2, epoll, events, most, time, 0, 0);
    }

    /** @param time how long, as a timespec */
    void sleep(long time) {
        waiting(cpu.nanosleep, time, 0, 0, 0, 0, 0);
    }

    /**
     * Timers of this thread fire when they are due, not up to 50 microseconds later, and where the system lets us (root, or
     * CAP_SYS_NICE) the thread goes before others: it works for microseconds and would else wait for milliseconds.
     */
    void promptly() {
        quick(cpu.prctl, PR_SET_TIMERSLACK, 1, 0, 0, 0, 0);
        quick(cpu.setpriority, 0, 0, FIRST, 0, 0, 0);
    }

    /** How many files may be open. */
    int fileLimit() {
        ByteBuffer limit = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        quick(cpu.prlimit, 0, RLIMIT_NOFILE, 0, Foreign.address(limit), 0, 0);
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, limit.getLong(0)));
    }
}
