package io.tierdrill.profiler.recording;

import io.tierdrill.model.tier.InstanceId;
import io.tierdrill.profiler.stacks.Profile;
import java.util.Optional;

/**
 * What became of the profile of one process.
 *
 * @param profile empty where there is none
 * @param why there is none, in words; empty where there is one
 */
public record Taken(InstanceId id, Optional<Profile> profile, Optional<String> why) {
    public Taken {
        if (profile.isPresent() == why.isPresent())
            throw new IllegalArgumentException("of " + id + " there is either a profile or a reason why not");
    }
}
