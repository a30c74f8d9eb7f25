/** Shows operators, API tokens and the audit log. */
@NullMarked
package dev.keysmith.war.panel.operator;

import org.jspecify.annotations.NullMarked;
