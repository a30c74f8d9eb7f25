/** The pages of workflows. */
@NullMarked
package dev.keysmith.war.panel.workflow;

import org.jspecify.annotations.NullMarked;
