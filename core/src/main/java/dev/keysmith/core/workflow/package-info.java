/** Workflows: rules by which passkeys are assigned without a further hand. */
@NullMarked
package dev.keysmith.core.workflow;

import org.jspecify.annotations.NullMarked;
