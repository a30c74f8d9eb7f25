/** Key sessions: the one place where security keys are written. */
@NullMarked
package dev.keysmith.core.session;

import org.jspecify.annotations.NullMarked;
