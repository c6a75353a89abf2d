package io.tierdrill.profiler.proc;

/**
 * {@code /proc/net/netstat} and {@code /proc/net/snmp}: pairs of lines with the same prefix, names over numbers. They
 * count for the network namespace of whoever reads them.
 */
final class NetworkCounters {
    private NetworkCounters() {}

    /** The counter of that name under that prefix ({@code TcpExt}); zero where the kernel does not know it. */
    static long value(String text, String prefix, String name) {
        int names = lineOf(text, prefix, 0);
        int values = names < 0 ? -1 : lineOf(text, prefix, names + 1);
        if (values < 0) return 0;
        int column = column(text.substring(names, endOfLine(text, names)), name);
        if (column < 0) return 0;
        return Long.parseLong(text.substring(values, endOfLine(text, values)).split(" ")[column]);
    }

    private static int lineOf(String text, String prefix, int from) {
        String head = prefix + ": ";
        if (from == 0 && text.startsWith(head)) return 0;
        int before = text.indexOf("\n" + head, Math.max(0, from - 1));
        return before < 0 ? -1 : before + 1;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int column(String names, String wanted) {
        String[] all = names.split(" ");
        for (int i = 1; i < all.length; i++) if (all[i].equals(wanted)) return i;
        return -1;
    }
}
