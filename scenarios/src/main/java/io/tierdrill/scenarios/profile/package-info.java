/**
 * From profiles that were taken to pages and links: {@link io.tierdrill.scenarios.profile.ProfilePages} writes flame
 * graphs beside a run and says what is to be seen on them. The verdict links them; see {@code docs/profiles.md}.
 */
package io.tierdrill.scenarios.profile;
