package io.tierdrill.model.tier;

/**
 * One process of a tier.
 *
 * @param tier the tier's name in the stack, such as {@code l7}
 * @param number counted from 1 within the tier
 */
public record InstanceId(String tier, int number) {
    public InstanceId {
        if (tier.isBlank() || tier.indexOf('/') >= 0)
            throw new IllegalArgumentException("tier must be a name without '/', was '" + tier + "'");
        if (number < 1) throw new IllegalArgumentException("number must be 1 or more, was " + number);
    }

    /** From {@code l7/2}. */
    public static InstanceId parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) throw new IllegalArgumentException("instance must look like l7/2, was '" + text + "'");
        return new InstanceId(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return tier + "/" + number;
    }
}
