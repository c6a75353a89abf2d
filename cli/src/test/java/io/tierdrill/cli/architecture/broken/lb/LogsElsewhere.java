package io.tierdrill.cli.architecture.broken.lb;

import java.util.logging.Logger;

final class LogsElsewhere {
    private final Logger log = Logger.getLogger("elsewhere");
}
