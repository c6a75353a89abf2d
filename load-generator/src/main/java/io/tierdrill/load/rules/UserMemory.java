package io.tierdrill.load.rules;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The users that something is remembered of. Beyond so many users or characters, those that were away longest are
 * forgotten, and counted: they begin again as strangers. One thread.
 */
final class UserMemory {
    private static final int ENTRY = 200;

    private final int mostUsers;
    private final long mostCharacters;
    private final Supplier<UserState> stranger;
    private final Map<String, UserState> users = new LinkedHashMap<>(64, 0.75f, true);
    private long characters;
    private long forgotten;

    UserMemory(int mostUsers, long mostCharacters, Supplier<UserState> stranger) {
        this.mostUsers = mostUsers;
        this.mostCharacters = mostCharacters;
        this.stranger = stranger;
    }

    UserState of(String user) {
        UserState known = users.get(user);
        if (known != null) return known;
        UserState state = stranger.get();
        state.countedCharacters = ENTRY + user.length();
        characters += state.countedCharacters;
        users.put(user, state);
        forgetOldest();
        return state;
    }

    /** The user's state has changed. */
    void count(String user, UserState state) {
        if (users.get(user) != state) return; // Forgotten in between.
        long now = ENTRY + user.length() + state.characters();
        characters += now - state.countedCharacters;
        state.countedCharacters = now;
        forgetOldest();
    }

    private void forgetOldest() {
        Iterator<UserState> oldest = users.values().iterator();
        while (users.size() > 1 && (users.size() > mostUsers || characters > mostCharacters)) {
            characters -= oldest.next().countedCharacters;
            oldest.remove();
            forgotten++;
        }
    }

    int size() {
        return users.size();
    }

    long forgotten() {
        return forgotten;
    }
}
