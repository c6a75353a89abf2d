package io.tierdrill.cli.architecture.broken.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

final class KeepsState {
    static final int[] BUCKETS = {1, 2};
    static final AtomicLong TOTAL = new AtomicLong();
    static final ArrayList<String> NAMES = new ArrayList<>();
    static final Map<String, String> CACHE = new ConcurrentHashMap<>();
    static final List<String> FINE = List.of("a");
    private static final int[] ALSO_FINE = {1};
    static int counter = ALSO_FINE[0];

    private KeepsState() {}
}
