package io.tierdrill.load.order;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells addresses with many people behind them from those of one: more than {@value #MOST} requests within a second are
 * no browser's. Memory holds the clients of the last seconds. Belongs to one thread.
 */
final class Crowds {
    static final int MOST = 32;
    private static final long SECOND = 1_000_000_000;

    /** The one that was quiet for longest stands first. */
    private final Map<String, Client> clients = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Client {
        long windowBegin;
        int inWindow;
        boolean crowdBefore;
    }

    /** Counts a request; whether its client had too many of late for one person. Times never fall. */
    boolean isCrowd(String key, long now) {
        Client client = clients.get(key);
        if (client == null) {
            client = new Client();
            client.windowBegin = now;
            clients.put(key, client);
        }
        forgetTheQuietest(now);
        long windows = (now - client.windowBegin) / SECOND;
        if (windows > 0) {
            client.crowdBefore = windows == 1 && client.inWindow > MOST;
            client.windowBegin += windows * SECOND;
            client.inWindow = 0;
        }
        return ++client.inWindow > MOST || client.crowdBefore;
    }

    /** Two for each that comes, so that memory falls again after a rush. */
    private void forgetTheQuietest(long now) {
        Iterator<Client> quietest = clients.values().iterator();
        for (int i = 0; i < 2 && quietest.hasNext(); i++) {
            if (now - quietest.next().windowBegin < 3 * SECOND) return;
            quietest.remove();
        }
    }

    int remembered() {
        return clients.size();
    }
}
