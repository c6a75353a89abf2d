package io.tierdrill.recorder.packets.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.recorder.packets.account.Place;
import io.tierdrill.recorder.packets.stream.Side;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key schedule against the traces of RFC 8448, section 3. */
class HkdfTest {
    private static final String CLIENT_SECRET = "9e40646ce79a7f9dc05af8889bce6552875afa0b06df0087f792ebb7c17504a5";

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    @ParameterizedTest
    @CsvSource({
        "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21, dbfaa693d1762c5b666af5d950258d01,"
                + " 5bd3c71b836e0b76bb73265f",
        "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38, 3fce516009c21727d0f2e4e86ee403bc,"
                + " 5d313eb2671276ee13000b30",
        CLIENT_SECRET + ", 17422dda596ed5d9acd890e3c63f5051, 5b78923dee08579033e523d9",
        "a11af9f05531f856ad47116b45a950328204b4f44bfb6b3a4b4f1f3fcb631643, 9f02283b6c9c07efc26bb9f2ac92e356,"
                + " cf782b88dd83549aadf1e984"
    })
    void derivesKeyAndNonceFromATrafficSecret(String secret, String key, String iv) throws Exception {
        assertThat(Hkdf.expandLabel("HmacSHA256", hex(secret), "key", 16)).isEqualTo(hex(key));
        assertThat(Hkdf.expandLabel("HmacSHA256", hex(secret), "iv", 12)).isEqualTo(hex(iv));
    }

    @Test
    void opensTheFirstRecordOfApplicationData() throws Exception {
        AeadOpener opener = AeadOpener.ofSecret(new Engines(), CipherSuite.TLS_AES_128_GCM_SHA256, hex(CLIENT_SECRET));
        TlsRecord record = new TlsRecord(
                Side.INITIATOR,
                TlsRecord.APPLICATION_DATA,
                0x0303,
                hex("a23f7054b62c94d0affafe8228ba55cbefacea42f914aa66bcab3f2b9819a8a5b46b395bd54a9a20441e2b62974e1f5a"
                        + "6292a2977014bd1e3deae63aeebb21694915e4"),
                true,
                0,
                0,
                1,
                new Place("rfc", 1));
        Optional<RecordOpener.Opened> opened = opener.open(record);

        assertThat(opened.orElseThrow().type()).isEqualTo(TlsRecord.APPLICATION_DATA);
        byte[] content = new byte[opened.get().content().remaining()];
        opened.get().content().get(content);
        assertThat(content).hasSize(50).startsWith(0, 1, 2, 3).endsWith(0x30, 0x31);
        assertThat(opener.open(record)).as("the same record as the next one").isEmpty();
    }
}
