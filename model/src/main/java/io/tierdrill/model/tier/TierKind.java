package io.tierdrill.model.tier;

import java.util.Locale;

/** What a tier is, in the order a request meets them. */
public enum TierKind {
    DNS,
    L3,
    L4,
    L7,
    SERVICE;

    /** Lower case, as written in scenarios, metrics and commands. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether requests pass through it; DNS is asked beside the way of the request. */
    public boolean onPath() {
        return this != DNS;
    }
}
