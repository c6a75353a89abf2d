package io.tierdrill.recorder.redact;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What is masked, and under which key.
 *
 * @param active false when the user wants everything kept as it came
 * @param key under which secrets become pseudonyms
 * @param clients what is kept of client addresses
 * @param user where a request tells its user
 * @param names further headers, parameters and fields whose values are secrets; case does not count
 */
public record RedactionConfig(
        boolean active, RedactionKey key, ClientAddresses clients, UserKey user, Set<String> names) {

    public RedactionConfig {
        if (key == null) throw new IllegalArgumentException("key must be given");
        for (String name : names)
            if (SecretNames.normal(name).isEmpty())
                throw new IllegalArgumentException("names must have letters or digits, found \"" + name + "\"");
        names = Set.copyOf(names);
    }

    /** What everybody wants masked, under a key made for this recording and forgotten with it. */
    public static RedactionConfig defaults() {
        return new RedactionConfig(true, RedactionKey.fresh(), ClientAddresses.NETWORK, UserKey.NONE, Set.of());
    }

    /** Everything is kept as it came. */
    public RedactionConfig off() {
        return new RedactionConfig(false, key, clients, user, names);
    }

    public RedactionConfig withKey(RedactionKey other) {
        return new RedactionConfig(active, other, clients, user, names);
    }

    public RedactionConfig withClients(ClientAddresses other) {
        return new RedactionConfig(active, key, other, user, names);
    }

    public RedactionConfig withUser(UserKey other) {
        return new RedactionConfig(active, key, clients, other, names);
    }

    public RedactionConfig withNames(Iterable<String> others) {
        Set<String> all = new LinkedHashSet<>();
        others.forEach(all::add);
        return new RedactionConfig(active, key, clients, user, all);
    }
}
