/** As in the contract, whose values bring zod along: what a consent of the person's record must say to count here. */
export const consentPurposes = { publish: '志愿服务信息公示', guardian: '未成年人参加志愿服务' } as const
