package io.tierdrill.profiler.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parsers, on what a Linux 6.18 with two processors said after a listener's queue had been overrun. */
class ProcTextTest {
    private static final String STAT_OF_A_JVM = "25519 (java) S 25399 25399 1045 0 -1 4194304 6936 1194 5 0 12 2 0 0 20"
            + " 0 19 0 215044 9188806656 11552 18446744073709551615 93914779361280 93914779362165 140733401738000 0 0 0"
            + " 0 0 16800975 0 0 0 17 0 0 0 0 0 0 93914779372864 93914779373592 93915848011776 140733401741621"
            + " 140733401741965 140733401741965 140733401743338 0\n";

    @Test
    void readsTimesThreadsAndMemoryOfAProcess() {
        assertThat(ProcessStat.parse(STAT_OF_A_JVM)).isEqualTo(new ProcessStat("java", 'S', 14, 19, 11_552));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my server", "a) S 1 (b", "(", ")", ") R 2 3", "", "nginx: worker"})
    void readsProcessesWhoseNamesHoldSpacesAndParentheses(String name) {
        String text = STAT_OF_A_JVM.replace("(java)", "(" + name + ")");

        assertThat(ProcessStat.parse(text)).isEqualTo(new ProcessStat(name, 'S', 14, 19, 11_552));
    }

    @Test
    void takesAZombieForGone() {
        assertThat(ProcessStat.parse(STAT_OF_A_JVM.replace(" S ", " Z ")).gone())
                .isTrue();
        assertThat(ProcessStat.parse(STAT_OF_A_JVM).gone()).isFalse();
    }

    @Test
    void readsExactTimesOfAThread() {
        assertThat(ThreadTime.parse("764443 67761 1\n")).isEqualTo(new ThreadTime(764_443, 67_761));
    }

    @Test
    void readsTheSoftLimitOfDescriptors() throws IOException {
        String limits = captured("limits.txt");

        assertThat(Limits.openFiles(limits)).isEqualTo(20_000);
        assertThat(Limits.openFiles(limits.replace("20000  ", "unlimited"))).isEqualTo(Integer.MAX_VALUE);
        assertThat(Limits.openFiles("")).isZero();
    }

    @Test
    void sumsTimesOverTheProcessorsWeMayUse() throws IOException {
        String stat = captured("stat.txt");
        long cpu0 = 33_970 + 5_267 + 18;
        long cpu1 = 34_967 + 5_345 + 111;

        assertThat(CpuTimes.parse(stat, CpuList.parse("0-1"))).isEqualTo(new CpuTimes(2, cpu0 + cpu1, 22 + 21));
        assertThat(CpuTimes.parse(stat, CpuList.parse("1"))).isEqualTo(new CpuTimes(1, cpu1, 21));
        assertThat(CpuTimes.parse("cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 2 3 4 5 6 7 8 9 10\n", CpuList.parse("0")))
                .isEqualTo(new CpuTimes(1, 1 + 2 + 3 + 6 + 7, 8));
    }

    @Test
    void readsListsOfProcessors() {
        BitSet expected = new BitSet();
        expected.set(0, 4);
        expected.set(8);
        expected.set(10, 12);

        assertThat(CpuList.parse("0-3,8,10-11")).isEqualTo(expected);
        assertThat(CpuList.allowed("Cpus_allowed:\td0f\nCpus_allowed_list:\t0-3,8,10-11\nMems_allowed:\t1\n"))
                .isEqualTo(expected);
    }

    @Test
    void readsTheTotalOfThePressureOfSomeNotOfAll() throws IOException {
        assertThat(Pressure.someMicros(captured("pressure-cpu.txt"))).isEqualTo(210879220L);
    }

    @Test
    void findsCountersUnderTheirPrefixAndName() throws IOException {
        String netstat = captured("netstat.txt");
        String snmp = captured("snmp.txt");

        assertThat(NetworkCounters.value(netstat, "TcpExt", "ListenOverflows")).isEqualTo(8);
        assertThat(NetworkCounters.value(netstat, "TcpExt", "ListenDrops")).isEqualTo(8);
        assertThat(NetworkCounters.value(snmp, "Tcp", "RetransSegs")).isEqualTo(4);
        assertThat(NetworkCounters.value(snmp, "Tcp", "MaxConn")).isEqualTo(-1);
        assertThat(NetworkCounters.value(snmp, "Udp", "OutDatagrams")).isEqualTo(96);
        assertThat(NetworkCounters.value(snmp, "Udp", "RcvbufErrors")).isZero();
        assertThat(NetworkCounters.value(snmp, "Ip", "DefaultTTL")).isEqualTo(64);
    }

    @Test
    void readsZeroForCountersTheKernelDoesNotKnow() throws IOException {
        assertThat(NetworkCounters.value(captured("snmp.txt"), "Tcp", "Novelty"))
                .isZero();
        assertThat(NetworkCounters.value(captured("snmp.txt"), "Sctp", "InSegs"))
                .isZero();
        assertThat(NetworkCounters.value("", "Tcp", "InSegs")).isZero();
    }

    @Test
    void learnsItsUnitsFromTheKernel() {
        ByteBuffer auxv = ByteBuffer.allocate(6 * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long word : new long[] {6, 16_384, 17, 250, 0, 0}) auxv.putLong(word);

        assertThat(AuxiliaryVector.parse(auxv.array())).isEqualTo(new AuxiliaryVector(16_384, 250));
        assertThatThrownBy(() -> AuxiliaryVector.parse(new byte[16])).hasMessage("the auxiliary vector has no entry 6");
    }

    private static String captured(String name) throws IOException {
        try (InputStream file = ProcTextTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
