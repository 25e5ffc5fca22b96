import { Controller, Get, Param, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Operation } from '../platform/http/operation.decorator';
import {
  administrativeUnitPageSchema,
  predecessorsSchema,
  type UnitListQuery,
  unitListQuerySchema,
  unitParamSchema,
} from './administrative-unit.schema';
import { AdministrativeUnitsService } from './administrative-units.service';

@Controller('api/v1/administrative-units')
export class AdministrativeUnitsConsoleController {
  constructor(private readonly units: AdministrativeUnitsService) {}

  @Get()
  @Operation({
    id: 'listAdministrativeUnits',
    summary: 'Provinces and communes of a day, in Vietnamese order',
    audience: 'staff',
    permission: 'reference.read',
    answer: administrativeUnitPageSchema,
    refusals: ['cursor_invalid'],
  })
  list(@Query({ schema: unitListQuerySchema }) query: UnitListQuery) {
    return this.units.list(query);
  }

  @Get(':code/predecessors')
  @Operation({
    id: 'listFormerCommunes',
    summary: 'The communes of before July 2025 that went into a unit',
    audience: 'staff',
    permission: 'reference.read',
    answer: predecessorsSchema,
    refusals: ['administrative_unit_not_found'],
  })
  predecessors(@Param({ schema: unitParamSchema }) { code }: z.infer<typeof unitParamSchema>) {
    return this.units.predecessors(code);
  }
}
