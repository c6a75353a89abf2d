package io.tierdrill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tierdrill.load.identity.NewUser;
import io.tierdrill.model.trace.RequestRecord;
import io.tierdrill.model.trace.RequestRecord.Body;
import io.tierdrill.model.trace.RequestRecord.Header;
import io.tierdrill.recorder.redact.Redaction;
import io.tierdrill.recorder.redact.RedactionConfig;
import io.tierdrill.recorder.redact.UserKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The recorder makes pseudonyms and the injector renames them for copies of a user; each knows them by their form, by
 * code of its own, for neither module sees the other. Where the two forms part, copies share one session, and the
 * recording of a replay no longer compares with the trace that was replayed.
 */
class PseudonymsTest {
    private static final int SECRETS = 500;

    private final Redaction redaction = Redaction.of(
            RedactionConfig.defaults().withUser(UserKey.parse("cookie:sid").orElseThrow()));

    private static RequestRecord recorded(int i) {
        String secret = "secret-" + i;
        return new RequestRecord(
                0,
                "192.0.2.1",
                "connection " + i,
                "",
                "http",
                "GET",
                "shop.test",
                "/cart?token=" + secret,
                List.of(new Header("Cookie", "sid=" + secret)),
                Body.none(),
                Optional.empty());
    }

    @Test
    void theInjectorRenamesEveryPseudonymThatTheRecorderMakesWhereverItStands() {
        Set<String> people = new HashSet<>();
        for (int i = 0; i < SECRETS; i++) {
            RequestRecord masked = redaction.apply(recorded(i));
            String pseudonym = masked.user();
            assertThat(masked.path()).isEqualTo("/cart?token=" + pseudonym);
            RequestRecord copy = NewUser.of(masked, 0, 1, 0);

            assertThat(copy.user()).hasSameSizeAs(pseudonym).isNotEqualTo(pseudonym);
            assertThat(copy.path()).isEqualTo("/cart?token=" + copy.user());
            assertThat(copy.headers()).containsExactly(new Header("Cookie", "sid=" + copy.user()));
            assertThat(copy.connection()).hasSameSizeAs(masked.connection()).isNotEqualTo(masked.connection());
            people.add(pseudonym);
            people.add(copy.user());
        }
        assertThat(people).hasSize(2 * SECRETS);
    }

    @Test
    void theRecorderLeavesEveryPseudonymThatTheInjectorMakesAsItIs() {
        for (int i = 0; i < SECRETS; i++) {
            RequestRecord sent = NewUser.of(redaction.apply(recorded(i)), 1, 7, 0);
            RequestRecord again = redaction.apply(sent);
            assertThat(again.user()).isEqualTo(sent.user());
            assertThat(again.connection()).isEqualTo(sent.connection());
            assertThat(again.path()).isEqualTo(sent.path());
            assertThat(again.headers()).isEqualTo(sent.headers());
        }
    }
}
