package io.tierdrill.recorder.redact;

/** User and password in front of a host: {@code //user:password@host}. Stateless. */
final class UserInfo {
    private static final String ENDS_AUTHORITY = "/?#\\ \t\"'<>";

    private static final int MOST_LENGTH = 512;

    private UserInfo() {}

    static void find(Layer layer, Findings out) {
        String s = layer.text();
        for (int slashes = s.indexOf("//"); slashes >= 0; slashes = s.indexOf("//", slashes + 1)) {
            int from = slashes + 2;
            add(layer, from, lastAt(s, from), out);
        }
    }

    /** For a text that is an authority. */
    static void findInAuthority(Layer layer, Findings out) {
        add(layer, 0, layer.text().lastIndexOf('@'), out);
    }

    private static void add(Layer layer, int from, int at, Findings out) {
        if (at <= from) return;
        String user = layer.text().substring(from, at);
        if (!Pseudonyms.isPseudonym(user)) out.add(layer, from, at, user, SecretKind.USERINFO);
    }

    /** Whether the at sign here ends user information. */
    static boolean endsAt(String s, int at) {
        int from = at;
        while (from > 0 && at - from < MOST_LENGTH && ENDS_AUTHORITY.indexOf(s.charAt(from - 1)) < 0) from--;
        return from >= 2 && s.startsWith("//", from - 2);
    }

    private static int lastAt(String s, int from) {
        int last = -1;
        for (int i = from; i < s.length() && ENDS_AUTHORITY.indexOf(s.charAt(i)) < 0; i++)
            if (s.charAt(i) == '@') last = i;
        return last;
    }
}
