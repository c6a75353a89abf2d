package io.tierdrill.profiler.flame;

import java.util.List;

/** A frame for people: short on the picture, and coloured by whose code it is. */
record FrameName(String full) {
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    /** {@code EventLoop.run} of {@code io.netty.channel.EventLoop.run}; what is no Java name stays as it is. */
    String brief() {
        int method = full.lastIndexOf('.');
        if (method < 1 || full.startsWith("[") || full.indexOf('(') >= 0) return full;
        return full.substring(full.lastIndexOf('.', method - 1) + 1);
    }

    /** {@code own}, {@code netty}, {@code jdk} or {@code other}. */
    String family() {
        if (full.startsWith("io.tierdrill.")) return "own";
        if (full.startsWith("io.netty.")) return "netty";
        return JDK.stream().anyMatch(full::startsWith) ? "jdk" : "other";
    }
}
