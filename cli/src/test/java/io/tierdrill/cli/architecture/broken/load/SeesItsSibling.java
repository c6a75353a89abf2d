package io.tierdrill.cli.architecture.broken.load;

import io.tierdrill.cli.architecture.broken.lb.Prints;

record SeesItsSibling(Prints sibling) {}
