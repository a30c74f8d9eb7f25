/** The pages of identity providers and their settings. */
@NullMarked
package dev.keysmith.war.panel.integration;

import org.jspecify.annotations.NullMarked;
