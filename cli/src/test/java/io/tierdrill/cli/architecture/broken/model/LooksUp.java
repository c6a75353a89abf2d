package io.tierdrill.cli.architecture.broken.model;

import io.tierdrill.cli.architecture.broken.cli.MayPrint;

record LooksUp(MayPrint command) {}
