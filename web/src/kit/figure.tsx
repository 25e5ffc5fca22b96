import type { ReactNode } from 'react';
import { Link } from 'react-router';
import './figure.css';

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly unit?: string;
  /** The value to the last đồng, where the tile rounds it. */
  readonly exact?: string;
  /** What it is made of, base, period, change to the period before. */
  readonly children?: ReactNode;
  /** Where one sees what the number is made of. */
  readonly to?: string;
}

/** A number as it may stand on a page: with unit, base, period and coverage. */
export function Figure({ name, value, unit, exact, children, to }: FigureProps) {
  const content = (
    <>
      <span className="figure-name">{name}</span>
      <span className="figure-value" title={exact}>
        {value} {unit && <span className="figure-unit">{unit}</span>}
      </span>
      {children}
    </>
  );
  if (!to) return <div className="figure">{content}</div>;
  return (
    <Link to={to} className="figure">
      {content}
    </Link>
  );
}
