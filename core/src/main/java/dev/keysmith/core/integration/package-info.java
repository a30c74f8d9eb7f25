/** Configured identity providers: their settings, their secrets and how they answer. */
@NullMarked
package dev.keysmith.core.integration;

import org.jspecify.annotations.NullMarked;
