package io.tierdrill.load.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What is remembered of one user while a run goes on. */
final class UserState {
    final CookieJar jar = new CookieJar();
    /** One for each rule of {@code correlate}. */
    final Pairing[] pairings;

    /** What the login gave; empty before it and when it has run out. */
    Optional<String> token = Optional.empty();

    boolean loggingIn;
    /** No further login is tried before this instant. */
    long nextLoginNanos = Long.MIN_VALUE;
    /** Requests that wait for the login. */
    final Deque<LoginGate.Held> held = new ArrayDeque<>();
    /** As last counted in the account of memory. */
    long countedCharacters;

    UserState(int correlations) {
        pairings = new Pairing[correlations];
        for (int i = 0; i < correlations; i++) pairings[i] = new Pairing();
    }

    long characters() {
        long sum = jar.characters() + token.map(String::length).orElse(0);
        for (Pairing pairing : pairings) sum += pairing.characters();
        return sum;
    }
}
