package io.tierdrill.load.engine;

import java.util.Optional;

/** Numbers of Linux system calls, which differ by processor. */
enum Cpu {
    X86_64(9, 11, 3, 41, 42, 44, 45, 54, 55, 291, 233, 157, 302, 141, 35, 49),
    AARCH64(222, 215, 57, 198, 203, 206, 207, 208, 209, 20, 21, 167, 261, 140, 101, 200);

    final int mmap;
    final int munmap;
    final int close;
    final int socket;
    final int connect;
    final int sendto;
    final int recvfrom;
    final int setsockopt;
    final int getsockopt;
    final int epollCreate;
    final int epollControl;
    final int prctl;
    final int prlimit;
    final int setpriority;
    final int nanosleep;
    final int bind;

    Cpu(
            int mmap,
            int munmap,
            int close,
            int socket,
            int connect,
            int sendto,
            int recvfrom,
            int setsockopt,
            int getsockopt,
            int epollCreate,
            int epollControl,
            int prctl,
            int prlimit,
            int setpriority,
            int nanosleep,
            int bind) {
        this.mmap = mmap;
        this.munmap = munmap;
        this.close = close;
        this.socket = socket;
        this.connect = connect;
        this.sendto = sendto;
        this.recvfrom = recvfrom;
        this.setsockopt = setsockopt;
        this.getsockopt = getsockopt;
        this.epollCreate = epollCreate;
        this.epollControl = epollControl;
        this.prctl = prctl;
        this.prlimit = prlimit;
        this.setpriority = setpriority;
        this.nanosleep = nanosleep;
        this.bind = bind;
    }

    static Optional<Cpu> ofThisMachine() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> Optional.of(X86_64);
            case "aarch64" -> Optional.of(AARCH64);
            default -> Optional.empty();
        };
    }
}
