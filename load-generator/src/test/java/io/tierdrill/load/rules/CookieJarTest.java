package io.tierdrill.load.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieJarTest {
    private final CookieJar jar = new CookieJar();

    private Optional<String> sent(String recorded, String target) {
        return jar.header(Optional.of(recorded).filter(r -> !r.isEmpty()), "shop.test:80", target);
    }

    @Test
    void replacesRecordedPseudonymsAndKeepsTheRest() {
        jar.store("sid=real; Path=/; HttpOnly", "shop.test", "/login");
        assertThat(sent("lang=de; sid=tdpabc; x=1", "/cart")).contains("lang=de; sid=real; x=1");
        assertThat(sent("", "/cart")).contains("sid=real");
    }

    @Test
    void sendsACookieOnlyWhereItBelongs() {
        jar.store("a=1", "shop.test", "/shop/login");
        jar.store("b=2; Path=/other", "shop.test", "/");
        jar.store("c=3; Domain=.test", "shop.test", "/");
        jar.store("d=4", "img.test", "/");
        assertThat(sent("", "/shop/cart")).contains("a=1; c=3");
        assertThat(sent("", "/shopping")).contains("c=3");
        assertThat(sent("", "/other?x")).contains("b=2; c=3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Max-Age=0",
                "max-age=-1",
                "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "Expires=Thu, 01-Jan-70 00:00:00 GMT"
            })
    void aCookieThatEndsIsNotSentAnyMoreEvenWhereRecorded(String end) {
        jar.store("sid=1; Path=/", "shop.test", "/");
        jar.store("sid=; Path=/; " + end, "shop.test", "/");
        assertThat(sent("sid=tdpabc", "/")).isEmpty();
    }

    @Test
    void keepsACookieThatEndsLater() {
        jar.store("sid=1; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Max-Age=60", "shop.test", "/");
        assertThat(sent("", "/")).contains("sid=1");
    }

    @Test
    void isBounded() {
        for (int i = 0; i < 1_000; i++) jar.store("c" + i + "=1; Path=/", "shop.test", "/");
        assertThat(sent("", "/").orElseThrow().split("; ")).hasSize(CookieJar.MOST);
        assertThat(jar.store("x=" + "y".repeat(5_000), "shop.test", "/")).isFalse();
        assertThat(jar.store("nonsense", "shop.test", "/")).isFalse();
        assertThat(jar.store("a=b\r\nX: 1", "shop.test", "/")).isFalse();
    }
}
