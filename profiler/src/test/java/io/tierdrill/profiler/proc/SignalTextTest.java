package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parsers of what stands behind signals, on what Linux 6.18 said. */
class SignalTextTest {
    private static final String MOUNTS = """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct
            34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            41 31 0:38 /pod7 /sys/fs/cgroup/unified rw,relatime shared:4 - cgroup2 cgroup2 rw
            """;
    private static final String TCP = """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0103007F:07E8 00000000:0000 0A 00000000:0000001F 00:00000000 00000000     0        0 1668 1 0 100 0 0 10 0
               1: 00000000:6C99 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7240 1 0 100 0 0 10 0
               3: 0100007F:7103 0100007F:ACDA 01 00000000:00000007 00:00000000 00000000 65534        0 7354 1 0 21 4 1 18 -1
            """;

    @Test
    void findsTheGroupOfTheControllerInTheFirstVersion() {
        assertThat(ControlGroup.find("3:cpuset:/\n1:cpuacct,cpu:/l7/1\n0::/pod7/x\n", MOUNTS))
                .contains(new ControlGroup(Path.of("/sys/fs/cgroup/cpu/l7/1"), false));
    }

    @Test
    void findsTheGroupBelowTheMountInTheSecondVersion() {
        assertThat(ControlGroup.find("3:cpuset:/\n0::/pod7/x\n", MOUNTS))
                .contains(new ControlGroup(Path.of("/sys/fs/cgroup/unified/x"), true));
        assertThat(ControlGroup.find("0::/other\n", MOUNTS)).isEmpty();
        assertThat(ControlGroup.find("", MOUNTS)).isEmpty();
    }

    @Test
    void readsQuotasOfBothVersions() {
        assertThat(Quota.parse("10000 100000\n", "nr_periods 7\nnr_throttled 6\nthrottled_time 566000000\n"))
                .contains(new Quota(0.1, 7, 6, 0.566));
        assertThat(Quota.parse(
                        "150000 100000\n", "usage_usec 1\nnr_periods 7\nnr_throttled 6\nthrottled_usec 566000\n"))
                .contains(new Quota(1.5, 7, 6, 0.566));
    }

    @Test
    void hasNoQuotaWhereThereIsNone() {
        assertThat(Quota.parse("-1 100000\n", "nr_periods 0\n")).isEmpty();
        assertThat(Quota.parse("max 100000\n", "nr_periods 0\n")).isEmpty();
        assertThat(Quota.parse(" ", "")).isEmpty();
    }

    @Test
    void readsWhoWaitsAtListenersAndStopsAtTheFirstConnection() {
        assertThat(SocketRows.listening(TCP)).isEqualTo(Map.of("0103007F:07E8", 31L, "00000000:6C99", 0L));
        assertThat(SocketRows.listening("")).isEmpty();
    }

    @Test
    void writesAddressesAsTheKernelDoes() {
        assertThat(SocketRows.keys(new InetSocketAddress("127.0.3.1", 2024)))
                .containsExactly(
                        "0103007F:07E8",
                        "00000000:07E8",
                        "0000000000000000FFFF00000103007F:07E8",
                        "00000000000000000000000000000000:07E8");
        assertThat(SocketRows.keys(new InetSocketAddress("::1", 80)))
                .containsExactly("00000000000000000000000001000000:0050", "00000000000000000000000000000000:0050");
    }

    @Test
    void readsDatagramsDroppedAtEachSocket() {
        String udp = "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode"
                + " ref pointer drops\n"
                + "  12: 0101007F:14E9 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 77 2 0 195\n";

        assertThat(SocketRows.dropped(udp)).isEqualTo(Map.of("0101007F:14E9", 195L));
    }

    @Test
    void readsTheLimitsOfListeners() {
        assertThat(ListenLimits.parse("LISTEN 0      50              127.0.3.1:35725 0.0.0.0:*\n"
                        + "LISTEN 5      4               *:8080          *:*\nnonsense\n"
                        + "LISTEN 0      8      [::ffff:127.0.0.1]:42661   *:*\n"))
                .isEqualTo(Map.of("127.0.3.1:35725", 50L, "*:8080", 4L, "127.0.0.1:42661", 8L));
    }

    @Test
    void readsWhatInterfacesSentAndDropped() {
        String dev = "Inter-|   Receive                                                |  Transmit\n"
                + " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo\n"
                + "    lo: 96991 263 0 9 0 0 0 0 96991 263 0 0 0 0 0 0\n"
                + "  ifb0:       0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
                + "  eth0: 500 5 0 1 2 0 0 0 700 7 0 4 8 0 0 0\n";

        assertThat(Links.parse(dev)).isEqualTo(List.of(new Links.Link("eth0", 700, 15)));
    }

    @Test
    void sumsColumnsOfAllProcessors() {
        String softnet = "07f9d54e 00000002 00000013\n00000001 0000000f 00000020\n";

        assertThat(KernelProbe.column(softnet, 0)).isEqualTo(0x07f9d54eL + 1);
        assertThat(KernelProbe.column(softnet, 1)).isEqualTo(17);
    }
}
