package io.tierdrill.model.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.tierdrill.model.sample.Outcome;
import io.tierdrill.model.sample.ResourceKind;
import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.model.tier.Mode;
import io.tierdrill.model.tier.TierKind;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How our words stand in JSON. Kept here, so that the records of the model know nothing of it. */
final class RunJson {
    private RunJson() {}

    static JsonMapper pretty() {
        return base().enable(SerializationFeature.INDENT_OUTPUT).build();
    }

    static JsonMapper line() {
        return base().disable(SerializationFeature.INDENT_OUTPUT).build();
    }

    private static JsonMapper.Builder base() {
        return JsonMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addMixIn(Mode.class, Word.class)
                .addMixIn(TierKind.class, Word.class)
                .addMixIn(Outcome.class, Word.class)
                .addMixIn(ResourceKind.class, Word.class)
                .addMixIn(InstanceId.class, Instance.class);
    }

    private interface Word {
        @JsonValue
        String word();
    }

    private abstract static class Instance {
        @Override
        @JsonValue
        public abstract String toString();

        @JsonCreator
        static InstanceId parse(String text) {
            return InstanceId.parse(text);
        }
    }
}
