/** Failures as problem details (RFC 9457). */
@NullMarked
package dev.keysmith.war.problem;

import org.jspecify.annotations.NullMarked;
