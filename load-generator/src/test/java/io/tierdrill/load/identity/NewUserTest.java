package io.tierdrill.load.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewUserTest {
    /** Made by the recorder; the last two letters check the others. */
    private static final String SESSION = "tdpcgtnrjtkgdkqhsrrgk";

    private static RequestRecord request(String client, String user, String path, byte[] body, Header... headers) {
        return new RequestRecord(
                5,
                client,
                "conn-9",
                user,
                "http",
                "POST",
                "shop.example",
                path,
                List.of(headers),
                Body.of(body),
                Optional.empty());
    }

    @Test
    void thoseRecordedStayWhoTheyAre() {
        RequestRecord r = request("10.0.0.7", SESSION, "/a?t=" + SESSION, new byte[0]);
        assertThat(NewUser.of(r, 0, 0, 99)).isEqualTo(r.at(99));
    }

    @Test
    void aPseudonymIsTheSameNewOneWhereverItStands() {
        String valid = valid();
        RequestRecord r = request(
                "10.0.0.7",
                valid,
                "/cart;jsessionid=" + valid + "?x=1",
                ("{\"session\":\"" + valid + "\"}").getBytes(StandardCharsets.US_ASCII),
                new Header("Cookie", "sid=" + valid + "; lang=de"),
                new Header("Accept", "*/*"));
        RequestRecord copy = NewUser.of(r, 0, 2, 7);
        String renamed = copy.user();
        assertThat(Pseudonym.is(renamed)).isTrue();
        assertThat(renamed).isNotEqualTo(valid);
        assertThat(copy.path()).isEqualTo("/cart;jsessionid=" + renamed + "?x=1");
        assertThat(copy.headers().get(0).value()).isEqualTo("sid=" + renamed + "; lang=de");
        assertThat(copy.headers().get(1)).isSameAs(r.headers().get(1));
        assertThat(new String(copy.body().bytes(), StandardCharsets.US_ASCII))
                .isEqualTo("{\"session\":\"" + renamed + "\"}");
        assertThat(copy.client()).isEqualTo("10.0.0.7~2");
        assertThat(copy.connection()).isEqualTo("conn-9~2");
        assertThat(copy.offsetNanos()).isEqualTo(7);
    }

    /** Something of the right form whose check letters are right: found by trying all 256. */
    private static String valid() {
        String letters = "bcdfghjkmnpqrstv";
        for (int i = 0; i < 256; i++) {
            String text = "tdpbcdfghjkmnpqrstv" + letters.charAt(i >> 4) + letters.charAt(i & 15);
            if (Pseudonym.is(text)) return text;
        }
        throw new AssertionError("none is valid");
    }

    @Test
    void copiesAndPartsOfAMixAreAllDifferentPeople() {
        Set<String> seen = new HashSet<>();
        for (int part = 0; part < 3; part++)
            for (int copy = 0; copy < 50; copy++) {
                RequestRecord r = NewUser.of(request("10.0.0.7", valid(), "/", new byte[0]), part, copy, 0);
                assertThat(seen.add(r.user())).isTrue();
                assertThat(seen.add(r.client())).isTrue();
            }
    }

    @Test
    void whatOnlyLooksLikeAPseudonymStays() {
        String wrong = valid().substring(0, 20) + (valid().endsWith("b") ? "c" : "b");
        RequestRecord r = request("a", "", "/tdp/" + wrong, new byte[0]);
        assertThat(NewUser.of(r, 0, 1, 0).path()).isEqualTo(r.path());
    }

    @Test
    void replacesAKeyThatIsNoPseudonymWhereItStandsAlone() {
        RequestRecord r = request(
                "10.0.0.7",
                "user-4711",
                "/u/user-4711/orders/user-47110",
                new byte[0],
                new Header("Cookie", "uid=user-4711"),
                new Header("X-Forwarded-For", "10.0.0.7, 10.0.0.70"),
                new Header("Referer", "http://10.0.0.7/"));
        RequestRecord copy = NewUser.of(r, 0, 1, 0);
        assertThat(copy.path()).isEqualTo("/u/user-4711~1/orders/user-47110");
        assertThat(copy.headers().get(0).value()).isEqualTo("uid=user-4711~1");
        assertThat(copy.headers().get(1).value()).isEqualTo(ClientAddress.told("10.0.0.7~1") + ", 10.0.0.70");
        assertThat(copy.headers().get(2)).isEqualTo(r.headers().get(2));
    }

    @Test
    void aCopysAddressIsAnAddressOfTheNeighbourhoodAndOneToOne() {
        assertThat(ClientAddress.told("10.0.0.7")).isEqualTo("10.0.0.7");
        assertThat(ClientAddress.told("someone~3")).isEqualTo("someone~3");
        assertThat(ClientAddress.told("203.0.113.9~3"))
                .matches("203\\.0\\.\\d+\\.\\d+")
                .isNotEqualTo("203.0.113.9");
        assertThat(ClientAddress.told("2001:db8:1:2:3:4:5:6@1~3")).startsWith("2001:db8:1:2:");
        Set<String> told = new HashSet<>();
        for (int host = 0; host < 65_536; host++)
            told.add(ClientAddress.told("10.1." + host / 256 + "." + host % 256 + "~5"));
        assertThat(told).hasSize(65_536).allMatch(a -> a.startsWith("10."));
        assertThat(ClientAddress.recorded("203.0.113.9@2~3").orElseThrow().getHostAddress())
                .isEqualTo("203.0.113.9");
        assertThat(ClientAddress.recorded("someone~3")).isEmpty();
    }
}
